export default {
  title: "Harbour notes",
  base: "/docs/",
  srcDir: "src",
  srcExclude: ["drafts/**"],
};
