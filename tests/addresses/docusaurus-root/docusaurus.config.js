module.exports = {
  title: "Nets",
  url: "https://nets.example",
  baseUrl: "/",
  trailingSlash: true,
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: { routeBasePath: "log", path: "journal" } }]],
};
