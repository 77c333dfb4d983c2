module.exports = {
  title: "Harbour notes",
  url: "https://harbour.example",
  baseUrl: "/site/",
  presets: [["classic", {}]],
};
