package io.medtwin.transports.coap;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/**
 * The library's settings, made in code: its standard configuration would read and write a file in
 * the working directory.
 */
final class Californium {

  /** Longest pause between two blocks of a transfer (RFC 7959 leaves it open). */
  static final Duration BLOCK_PAUSE = Duration.ofSeconds(30);

  /** Messages of each peer kept to recognise duplicates; older ones are forgotten. */
  static final int DUPLICATES_PER_PEER = 64;

  /** Octets of the connection id a server hands out (RFC 9146), so that a rebound port goes on. */
  private static final int SERVER_CONNECTION_ID_BYTES = 6;

  /** A client behind NAT without connection ids shakes hands anew after this silence. */
  private static final Duration CLIENT_HANDSHAKE_AGAIN = Duration.ofSeconds(30);

  /** A session silent for this long makes room for a new device where all places are taken. */
  private static final Duration MAKES_ROOM_AFTER = Duration.ofMinutes(5);

  /** Handshakes and jobs that may wait; more are dropped, and the peer repeats them. */
  private static final int DTLS_PENDING_JOBS = 2_000;

  /**
   * With perfect forward secrecy first; the last one is what every constrained device has (RFC 7252
   * section 9.1.3.1).
   */
  static final List<CipherSuite> CIPHER_SUITES =
      List.of(
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256,
          CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

  private Californium() {}

  /** Settings of a plain or secure server endpoint. */
  static Configuration server(CoapServerConfig.Limits limits) {
    var settings = common(limits.bodyBytes(), limits.blockBytes(), limits.peers());
    settings.set(CoapConfig.MAX_SERVER_OBSERVES, limits.observers());
    settings.set(CoapConfig.NOTIFICATION_CHECK_INTERVAL_TIME, 5, TimeUnit.MINUTES);
    settings.set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY);
    settings.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, SERVER_CONNECTION_ID_BYTES);
    settings.set(DtlsConfig.DTLS_UPDATE_ADDRESS_USING_CID_ON_NEWER_RECORDS, true);
    settings.set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED);
    settings.set(DtlsConfig.DTLS_MAX_CONNECTIONS, limits.peers());
    settings.set(
        DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, MAKES_ROOM_AFTER.toSeconds(), TimeUnit.SECONDS);
    settings.set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, true);
    return settings;
  }

  /** Settings of a client endpoint that talks to one server. */
  static Configuration client(int bodyBytes, Duration registerAgainAfter) {
    var settings = common(bodyBytes, CoapServerConfig.Limits.DEFAULT.blockBytes(), 1);
    settings.set(
        CoapConfig.NOTIFICATION_REREGISTRATION_BACKOFF,
        registerAgainAfter.toMillis(),
        TimeUnit.MILLISECONDS);
    settings.set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY);
    settings.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
    settings.set(
        DtlsConfig.DTLS_AUTO_HANDSHAKE_TIMEOUT,
        CLIENT_HANDSHAKE_AGAIN.toSeconds(),
        TimeUnit.SECONDS);
    settings.set(DtlsConfig.DTLS_MAX_CONNECTIONS, 4);
    return settings;
  }

  private static Configuration common(int bodyBytes, int blockBytes, int peers) {
    var settings =
        new Configuration(
            SystemConfig.DEFINITIONS,
            CoapConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS);
    settings.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS);
    settings.set(CoapConfig.MAX_ACTIVE_PEERS, peers);
    settings.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, bodyBytes);
    settings.set(CoapConfig.PREFERRED_BLOCK_SIZE, blockBytes);
    settings.set(CoapConfig.MAX_MESSAGE_SIZE, blockBytes);
    settings.set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, BLOCK_PAUSE.toSeconds(), TimeUnit.SECONDS);
    settings.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
    settings.set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, DUPLICATES_PER_PEER);
    settings.set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1);
    settings.set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
    settings.set(DtlsConfig.DTLS_RECOMMENDED_CIPHER_SUITES_ONLY, true);
    settings.set(DtlsConfig.DTLS_CIPHER_SUITES, CIPHER_SUITES);
    settings.set(DtlsConfig.DTLS_USE_ANTI_REPLAY_FILTER, true);
    settings.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1);
    settings.set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    settings.set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, DTLS_PENDING_JOBS);
    settings.set(DtlsConfig.DTLS_MAX_PENDING_OUTBOUND_JOBS, DTLS_PENDING_JOBS);
    settings.set(DtlsConfig.DTLS_MAX_PENDING_HANDSHAKE_RESULT_JOBS, DTLS_PENDING_JOBS);
    return settings;
  }
}
