// Logs in, and goes where the reader came from.
import { post, whoAmI } from "./api.js";
import { byId, show } from "./dom.js";
import { problem, settled, startBare } from "./shell.js";

startBare();
whoAmI().then((session) => show(byId("unclaimed"), !session.claimed), problem);

byId("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("go").disabled = true;
  try {
    await post("/session", { user: byId("user").value.trim(), password: byId("password").value });
    settled();
    location.replace(next());
  } catch (error) {
    if (error.status === 429 && error.retryAfter) {
      error.next = `Wait ${error.retryAfter} s, then try again.`;
    }
    problem(error);
    byId("password").value = "";
    byId("password").focus();
  } finally {
    byId("go").disabled = false;
  }
});

/** A page of this gateway, never another host. */
function next() {
  const asked = new URLSearchParams(location.search).get("next") ?? "/";
  const target = new URL(asked, location.origin);
  return target.origin === location.origin ? target.pathname + target.search : "/";
}
