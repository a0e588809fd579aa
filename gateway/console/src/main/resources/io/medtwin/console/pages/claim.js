// The first user takes the gateway over with its one-time code.
import { ApiError, post, whoAmI } from "./api.js";
import { byId, show } from "./dom.js";
import { problem, settled, startBare } from "./shell.js";

const LISTENS_AGAIN_MILLIS = 1000; // once claimed, the gateway listens where it was configured to

startBare();
whoAmI().then((session) => {
  show(byId("claimed"), session.claimed);
  show(byId("claim"), !session.claimed);
}, problem);

byId("claim").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (byId("password").value !== byId("again").value) {
    problem(new ApiError(0, { message: "The two passwords differ.", next: "Type the same one twice." }));
    byId("again").focus();
    return;
  }
  byId("go").disabled = true;
  try {
    await post("/claim", { code: byId("code").value.trim(), user: byId("user").value.trim(), password: byId("password").value });
    settled();
    setTimeout(() => location.replace("/"), LISTENS_AGAIN_MILLIS);
  } catch (error) {
    problem(error);
    byId("code").focus();
  } finally {
    byId("go").disabled = false;
  }
});
