// Asks the gateway. A refusal becomes an ApiError that says what happened and what to do.

let session = null;

/** What the gateway refused, for people. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.problems = error.problems ?? [];
    this.next = error.next ?? "";
    this.retryAfter = error.retryAfter ?? null;
  }
}

/** Who is logged in; asked once a page. */
export async function whoAmI() {
  if (session === null) {
    session = await get("/session");
  }
  return session;
}

/** Whether the role of the session reaches this one. */
export function may(role) {
  const order = ["viewer", "biomed", "admin"];
  return session !== null && session.role !== null && order.indexOf(session.role) >= order.indexOf(role) && (role === "viewer" || session.user !== null);
}

export function get(path) {
  return ask("GET", path);
}

export function post(path, body) {
  return ask("POST", path, body);
}

export function put(path, body) {
  return ask("PUT", path, body);
}

export function remove(path) {
  return ask("DELETE", path);
}

async function ask(method, path, body) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") {
    if (session?.csrf) {
      headers["X-CSRF"] = session.csrf;
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
  }
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(15000),
    });
  } catch {
    throw new ApiError(0, {
      code: "",
      message: "The gateway does not answer this browser.",
      next: "Check that the gateway runs and that this computer reaches it; the page tries again by itself.",
    });
  }
  if (response.status === 204) {
    return null;
  }
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // not JSON: the status alone speaks
  }
  if (response.ok && answer !== null) {
    if (path === "/session" || path === "/claim") {
      session = answer;
    }
    return answer;
  }
  const error = answer?.error ?? { code: "", message: `The gateway answered ${response.status}.`, next: "" };
  throw new ApiError(response.status, { ...error, retryAfter: response.headers.get("Retry-After") });
}
