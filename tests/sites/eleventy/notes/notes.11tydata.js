module.exports = {
  permalink: "/n/{{ page.fileSlug }}/",
};
