//! Posts that look alike and are no copies of one another.

use super::grammar::{Language, Voice};
use super::random::Random;
use super::text::{Length, Markup, Text};

/// Why two posts look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// They stand on one site.
    SameSite,
    /// Two days of one series: the same sentences with other numbers.
    Series,
    /// Short posts that end in the same description of their author.
    SameAuthor,
    /// One quotes the other and replies at greater length.
    Reply,
    /// Lists of links that have some links in common.
    Links,
}

impl Apart {
    pub const ALL: [Apart; 5] = [Apart::SameSite, Apart::Series, Apart::SameAuthor, Apart::Reply, Apart::Links];

    pub fn name(self) -> &'static str {
        match self {
            Apart::SameSite => "same site, other text",
            Apart::Series => "daily series, other numbers",
            Apart::SameAuthor => "same author's description",
            Apart::Reply => "reply with a quotation",
            Apart::Links => "lists with some links in common",
        }
    }
}

/// Series of each language.
pub const SERIES: usize = 4;

/// Sentences of the series of each language. The last one of each changes little else than its numbers. `#` is a number; one of the words between `[` and `]` is chosen.
const CHINESE_SERIES: [&str; SERIES] = [
    "今日收盘，海盐期货主力合约报#.#元，[上涨|下跌]#.#元，幅度为#.#%，成交#手，持仓#手。近月合约报#元，远月合约报#元，两者价差[扩大|收窄]至#元。\
        仓库库存为#吨，较上周[增加|减少]#吨。[买盘集中在午后|卖盘集中在开盘阶段|全天交投清淡|尾盘出现拉升]，[资金流入#万元|资金流出#万元]。\
        市场人士表示，[短期内仍将震荡|关注下周的库存数据|天气因素影响有限|下游采购并不积极]。",
    "今天[白天|夜间][晴|多云|小雨|阴]，最高气温#度，最低气温#度，[东南|西北|东北]风#级，相对湿度#%，能见度#公里。日出时间#点#分，日落时间#点#分。\
        沿海浪高#米，潮位最高#厘米。[出海船只请注意安全|早晚温差较大，请及时添衣|道路湿滑，请减速行驶|适宜户外活动]。空气质量指数#，等级为[优|良|轻度]。",
    "截至当日零时，全市新增病例#例，其中本地#例，外地输入#例；新增出院#例，尚在医学观察#人。累计报告病例#例，累计出院#例，接种疫苗#万剂次。\
        新增病例分布在[城东|城西|城南|城北]#例、其他各区#例。现有高风险地区#个，核酸采样点#处。[请市民继续做好防护|具体采样时间以社区通知为准|咨询电话全天开通]。",
    "读书会第#期将于本月#日晚#点在二楼会议室举行，地点不变，欢迎新老朋友参加。本次共读第#章到第#章，由轮值会员领读，之后自由讨论。\
        请提前读完正文，并准备一个想和大家讨论的问题。现场备有茶水，座位有限，请在报名表里登记，已有#人报名。会后的记录照例发在邮件组里。",
];

const ENGLISH_SERIES: [&str; SERIES] = [
    "Sea salt futures closed [higher|lower] today. The front contract settled at #.# pence, [up|down] #.# pence or #.# per cent, on turnover of # lots with open \
        interest at # lots. The nearby month ended at # pence and the deferred month at # pence, a spread of #. Stocks in licensed sheds stood at # tonnes, \
        [up|down] # tonnes on the week. [Buying came late in the session|Sellers led from the open|Trade was thin all day|A rally faded by noon]. \
        Dealers said [prices may stay in a range|eyes are on next week's stocks|weather matters little for now|end users remain cautious].",
    "Today will be [bright|cloudy|showery|dull] with a high of # degrees and a low of # degrees, winds from the [south-east|north-west|north-east] at force #, \
        humidity near # per cent and visibility of # miles. Sunrise is at #:# and sunset at #:#. Waves will reach # feet off the point, and high water \
        comes to # inches. [Small craft should take care|Mornings and evenings feel cooler, so dress for it|Roads will be slippery|A good day to be outdoors]. \
        The air quality index is # or [good|fair|moderate].",
    "As of midnight the county reports # new cases, # of them local and # from travel; # patients went home and # remain under observation. In all there \
        have been # cases, # recoveries and # thousand doses given. Of the new cases # were found in the [east|west|south|north] district and # elsewhere. \
        There are # restricted areas and # testing sites. [Please keep up precautions|Opening hours are posted at each site|The advice line is open all day].",
    "Meeting # of the reading circle will be held on day # of this month at # o'clock in the back room, as always, and newcomers are welcome. \
        We shall read chapters # to #, led by the member whose turn it is, and then talk freely. Please finish the text beforehand and bring one question \
        that you would like to discuss. Tea is served, seats are few, so put your name on the list, where # have signed up so far. The minutes go to the mailing \
        list afterwards.",
];

/// A day of a series.
pub fn day_of_series(language: Language, series: usize, random: &mut Random) -> String {
    let pattern = if language == Language::Chinese { CHINESE_SERIES[series] } else { ENGLISH_SERIES[series] };
    let (mut out, mut rest) = (String::new(), pattern);
    while let Some(at) = rest.find(['#', '[']) {
        out += &rest[..at];
        if rest[at..].starts_with('#') {
            let most = *random.pick(&[9, 40, 99, 700, 9_000]);
            out += &random.between(1, most).to_string();
            rest = &rest[at + 1..];
            continue;
        }
        let end = at + rest[at..].find(']').expect("a choice is closed");
        let choices: Vec<&str> = rest[at + 1..end].split('|').collect();
        out += &random.pick(&choices).replace('#', &random.between(10, 900).to_string());
        rest = &rest[end + 1..];
    }
    out + rest
}

/// A short text followed by a description of its author.
pub fn signed(description: &str, voice: &Voice, random: &mut Random) -> String {
    let text = Text::new(voice, Length::Short, random);
    format!("{}\n{description}\n", text.markdown(Markup::Plain))
}

/// What an author says of himself under everything he writes.
pub fn description(voice: &Voice, random: &mut Random) -> String {
    let person = voice.person(random).to_owned();
    let (first, second) = (voice.sentence(random), voice.sentence(random));
    match voice.language {
        Language::Chinese => format!("**作者简介**：{person}，自由撰稿人，记录乡间与城市的日常。{first}{second}"),
        Language::English => format!("**About the author:** {person} is a freelance writer. {first} {second}"),
    }
}

/// A text that quotes two sentences of another, and goes on by itself.
pub fn reply(quoted: &Text, voice: &Voice, random: &mut Random) -> String {
    let sentences: Vec<&String> = quoted.sentences().collect();
    let at = random.below(sentences.len().saturating_sub(1).max(1));
    let quote: Vec<&str> = sentences.iter().skip(at).take(2).map(|sentence| sentence.as_str()).collect();
    let quote = quote.join(quoted.language.gap());
    let own = Text::new(voice, Length::Medium, random).markdown(Markup::Plain);
    format!("> {quote}\n\n{own}")
}

/// A list of ten links out of a pool.
pub fn links(pool: &[String], random: &mut Random) -> String {
    let mut all: Vec<&String> = pool.iter().collect();
    random.shuffle(&mut all);
    let items = all[..10].iter().enumerate();
    items.map(|(number, title)| format!("- [{title}](https://links.example/{number})\n")).collect()
}
