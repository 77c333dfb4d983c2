export default {
  title: "Nets",
  cleanUrls: true,
  rewrites: {
    "handbook/start.md": "begin.md",
    "packages/:name/docs/:page.md": ":name/:page.md",
    "posts/2024-03-05-mud.md": "2024/mud.md",
    "home.md": "index.md",
  },
};
