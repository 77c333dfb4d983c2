import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://harbour.example/",
  trailingSlash: "never",
  build: { format: "file" },
});
