// Streams of events, and whether a page is live: proven by an event that came, never by an open socket.

const WATCH_MILLIS = 1000;
const FIRST_RETRY_MILLIS = 1000;
const LONGEST_RETRY_MILLIS = 15000;
const HIDDEN_MILLIS = 10000; // a browser has six streams for one gateway over all its tabs: a tab nobody sees gives its own back

/**
 * A stream that is opened again whenever it breaks, and closed while nobody sees the page.
 *
 * @param handlers by name of event; each is given what the event says
 * @param options.quietMillis after so long without an event it is no longer live; 0 where silence is normal
 * @param options.state told `("waiting" | "live" | "lost", time of the last event)` at each change
 * @param options.refused told when the gateway refuses the stream; it is tried again all the same
 * @param options.once whether the stream's end is final
 */
export function stream(path, handlers, { quietMillis = 0, state = () => {}, refused = () => {}, once = false } = {}) {
  let source = null;
  let current = "waiting";
  let lastEvent = Date.now();
  let openedAt = 0;
  let retryMillis = FIRST_RETRY_MILLIS;
  let retryTimer = 0;
  let hideTimer = 0;
  let ended = false;

  function become(next) {
    if (next !== current) {
      current = next;
      state(next, new Date(lastEvent));
    }
  }

  function open() {
    close();
    if (ended || document.hidden) {
      return;
    }
    openedAt = Date.now();
    source = new EventSource(`/api/v1${path}`);
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        lastEvent = Date.now();
        retryMillis = FIRST_RETRY_MILLIS;
        handle(JSON.parse(event.data));
        become("live");
      });
    }
    source.addEventListener("error", failed);
  }

  function failed() {
    if (once) {
      end();
      become("lost");
    } else if (source?.readyState === EventSource.CLOSED) {
      become("lost");
      refused();
      openLater();
    }
    // else the browser opens it again by itself, and the watch tells when that takes too long
  }

  function openLater() {
    close();
    clearTimeout(retryTimer);
    retryTimer = setTimeout(open, retryMillis * (0.75 + Math.random() / 2));
    retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
  }

  function close() {
    source?.close();
    source = null;
  }

  function watch() {
    if (document.hidden || quietMillis === 0) {
      return;
    }
    const quiet = Date.now() - lastEvent;
    if (quiet > quietMillis) {
      become("lost");
    }
    if (quiet > LONGEST_RETRY_MILLIS && Date.now() - openedAt > LONGEST_RETRY_MILLIS) {
      open(); // open, but nothing comes: a half-dead link is not waited for
    }
  }

  function seen() {
    clearTimeout(hideTimer);
    if (document.hidden) {
      hideTimer = setTimeout(close, HIDDEN_MILLIS);
    } else if (source === null) {
      open();
    }
  }

  function end() {
    ended = true;
    clearInterval(watching);
    clearTimeout(retryTimer);
    clearTimeout(hideTimer);
    document.removeEventListener("visibilitychange", seen);
    close();
  }

  const watching = setInterval(watch, WATCH_MILLIS);
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
  return { close: end };
}
