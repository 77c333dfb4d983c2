module.exports = (eleventyConfig) => {
  eleventyConfig.addPassthroughCopy("img");
  eleventyConfig.addPassthroughCopy({ "assets/robots.txt": "robots.txt", fonts: "static/fonts" });
  // eleventyConfig.setInputDirectory("elsewhere");
  eleventyConfig.addPairedShortcode("note", (text) => `<aside>${text}</aside>`);
  eleventyConfig.addPreprocessor("drafts", "*", (data) => {
    if (data.draft) return false;
  });
};
