export { default } from './about.md';
