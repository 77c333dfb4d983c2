import { HtmlBasePlugin, IdAttributePlugin, InputPathToUrlTransformPlugin } from "@11ty/eleventy";

export default function (eleventyConfig) {
  eleventyConfig.addPlugin(HtmlBasePlugin);
  eleventyConfig.addPlugin(InputPathToUrlTransformPlugin);
  eleventyConfig.addPlugin(IdAttributePlugin);
}

export const config = {
  dir: { input: "content", includes: "../_includes", output: "_site" },
  pathPrefix: "/notes/",
  markdownTemplateEngine: "njk",
};
