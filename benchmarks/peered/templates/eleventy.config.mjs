export default function (config) {
  config.addPassthroughCopy("assets");
}
