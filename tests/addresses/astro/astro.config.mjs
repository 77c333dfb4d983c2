export default { site: "https://harbour.example", base: "/notes" };
