package io.medtwin.app.console;

/** The pages of the console. */
enum Page {
  NOW("/", "document.querySelectorAll('.tile .value').length > 10"),
  DEVICE(
      "/device.html?id=bed1-ecg",
      "document.querySelector('#values tr') &&"
          + " document.querySelector('.wave-status[data-state=on]')"),
  INSPECT("/device.html?id=bed1-ecg#inspect", "document.querySelector('#tap-start')?.offsetParent"),
  FLOW(
      "/flow.html",
      "document.querySelector('#picture svg') && document.querySelector('#latencies tr')"),
  LEDGER("/ledger.html", "document.querySelector('#devices tr')"),
  FLEET("/fleet.html", "document.querySelector('#gateways tr')"),
  FLEET_GATEWAY("/fleet.html?gateway=gw-demo", "document.querySelector('#devices tr')"),
  LOGIN("/login.html", "document.querySelector('#shell .brand')"),
  CLAIM("/claim.html", "document.querySelector('#shell .brand')"),
  METRICS("/metrics.html", "document.documentElement.dataset.live === 'yes'");

  final String path;

  /** A condition in the page's language: it shows what it is for. */
  final String ready;

  Page(String path, String ready) {
    this.path = path;
    this.ready = ready;
  }
}
