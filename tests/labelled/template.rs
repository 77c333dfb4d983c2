//! The sites that posts stand on: what each puts around the text of every post.

use super::grammar::Language;
use super::random::Random;

/// What a site puts around a text. `{title}`, `{date}`, `{id}` and `{author}` are those of the post.
pub struct Template {
    before: &'static str,
    after: &'static str,
}

/// Six Chinese sites.
const CHINESE: [Template; 6] = [
    Template {
        before: "---\ntitle: \"{title}\"\ndate: {date}\ncategories: [新闻]\n---\n\n> 本文由港城晚报编辑部整理发布，转载请注明出处。\n\n",
        after: "---\n\n[上一篇](/p/{id}1/) · [下一篇](/p/{id}2/)\n\n关注微信公众号“港城晚报”，每天早上七点读新闻。\n",
    },
    Template {
        before: "---\ntitle: \"{title}\"\ndate: {date}\nauthor: {author}\ntags: [随笔]\n---\n\n发表于 {date}，分类：随笔\n\n",
        after: "本作品采用署名 4.0 国际许可协议进行许可，欢迎注明出处后转载。\n\n如果这篇文章对你有用，可以请我喝一杯咖啡。\n",
    },
    Template {
        before: "---\ntitle: \"{title}\"\ndate: {date}\nsource: https://morning.example/{id}.html\n---\n\n",
        after: "来源：[晨星资讯网](https://morning.example/{id}.html)\n\n[阅读原文](https://morning.example/{id}.html)\n\n[首页](/) [资讯](/news/)\n",
    },
    Template {
        before: "---\ntitle: \"{title}\"\nlayout: page\n---\n<div class=\"nav\"><a href=\"/\">首页</a> <a href=\"/list\">栏目列表</a> \
            <a href=\"/about\">关于我们</a></div>\n\n<p class=\"meta\">责任编辑：{author}</p>\n\n",
        after: "<p class=\"footer\">版权所有 © 四方文化传播有限公司，未经授权不得镜像本站内容。</p>\n\n\
            <p><a href=\"/contact\">联系方式</a> | <a href=\"/map\">网站地图</a></p>\n",
    },
    Template {
        before: "+++\ntitle = \"{title}\"\n[extra]\nauthor = \"{author}\"\n+++\n\n**楼主 {author} 发表于老街论坛**\n\n",
        after: "（本帖为存档，原帖编号 {id}。）\n\n*分享到：微博 · 豆瓣 · 邮件*\n\n回复本帖请先登录老街论坛，新用户注册需要三位老用户推荐。\n",
    },
    Template {
        before: "# {title}\n\n文：{author}　校对：值班编辑\n\n",
        after: "* * *\n\n免责声明：本站文章仅代表作者个人观点，与本站立场无关。文中陈述与文字内容未经本站证实，请读者仅作参考，\
            并自行核实相关内容。如有侵权，请联系管理员删除。\n\n喜欢本站请收藏网址，或者扫描右侧的二维码订阅每周通讯。\n",
    },
];

/// Four English ones.
const ENGLISH: [Template; 4] = [
    Template {
        before: "---\ntitle: \"{title}\"\ndate: {date}\ntags: [notes]\n---\n\n*Posted on {date} by {author} in the Harbour Gazette*\n\n",
        after: "---\n\nEnjoyed this? [Subscribe to the Harbour Gazette](/subscribe) and get one letter a week, never more.\n\n\
            [Older](/p/{id}1/) · [Newer](/p/{id}2/)\n",
    },
    Template {
        before: "---\ntitle: \"{title}\"\nauthor: {author}\n---\n<nav><a href=\"/\">Home</a> <a href=\"/archive\">Archive</a> \
            <a href=\"/about\">About</a></nav>\n\n",
        after: "<p class=\"footer\">Copyright the Valley Reading Room. All rights reserved. No part may be mirrored without permission.</p>\n\n\
            <p>Filed under <a href=\"/misc\">Miscellany</a></p>\n",
    },
    Template {
        before: "+++\ntitle = \"{title}\"\ndate = {date}\n+++\n\nReading time: about five minutes\n\n",
        after: "*This article first appeared at [the Lantern](https://lantern.example/{id}).*\n\nWritten by {author}. \
            The opinions expressed here are those of the writer and do not reflect the views of the publisher, its staff or its sponsors.\n\n\
            Follow us for more stories like this one, and tell a friend about us.\n",
    },
    Template {
        before: "# {title}\n\nBy {author}\n\n",
        after: "Share this: [mail](mailto:) [feed](/feed.xml)\n\nNo comments yet. Be the first.\n",
    },
];

const CHINESE_AUTHORS: [&str; 6] = ["沈石溪亭", "顾晚", "鹿鸣居士", "韩小满", "钟楼旧客", "白露"];
const ENGLISH_AUTHORS: [&str; 6] =
    ["Maud Pelham", "R. Tolland", "the night editor", "Jonas Wray", "Ines Calloway", "Old Parr"];

/// The sites of a language.
pub fn templates(language: Language) -> &'static [Template] {
    if language == Language::Chinese { &CHINESE } else { &ENGLISH }
}

impl Template {
    /// A post with this text (in Markdown).
    pub fn post(&self, language: Language, title: &str, body: &str, random: &mut Random) -> String {
        let authors = if language == Language::Chinese { &CHINESE_AUTHORS } else { &ENGLISH_AUTHORS };
        let date = format!("{}-{:02}-{:02}", random.between(2012, 2024), random.between(1, 12), random.between(1, 28));
        let id = random.between(10_000, 99_999).to_string();
        let author = random.pick(authors);
        let fill = |text: &str| {
            let text = text.replace("{title}", title).replace("{date}", &date);
            text.replace("{id}", &id).replace("{author}", author)
        };
        format!("{}{}\n\n{}", fill(self.before), body.trim_end(), fill(self.after))
    }
}
