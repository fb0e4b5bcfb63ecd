// A file that the person takes along, made in the page.
import { h } from "../common/dom.js";

/** @param {string} name @param {string} text  CSV */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
