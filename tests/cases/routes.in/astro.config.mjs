import { defineConfig } from "astro/config";

export default defineConfig({ site: "https://quay.example", trailingSlash: "always" });
