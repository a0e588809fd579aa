// The explanations are in the page itself; the header is that of all pages.
import { start } from "./shell.js";

await start("");
