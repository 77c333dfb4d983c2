export default function (eleventyConfig) {
  eleventyConfig.setInputDirectory("src");
  return { pathPrefix: "/notes/" };
}
