//! Addresses of Hexo, by its code and by what it made of such sites.
