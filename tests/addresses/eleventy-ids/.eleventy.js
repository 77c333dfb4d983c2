module.exports = async function (eleventyConfig) {
  const { IdAttributePlugin } = await import("@11ty/eleventy");
  eleventyConfig.addPlugin(IdAttributePlugin);
};
