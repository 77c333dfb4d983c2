module.exports = {
  permalink: (data) => `/l/${data.page.fileSlug}/`,
};
