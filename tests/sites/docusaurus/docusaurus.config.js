module.exports = {title: "Harbour Notes"};
