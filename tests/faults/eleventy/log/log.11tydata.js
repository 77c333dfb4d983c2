module.exports = { permalink: "/l/{{ page.fileSlug }}/" };
