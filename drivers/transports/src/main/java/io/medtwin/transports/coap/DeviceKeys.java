package io.medtwin.transports.coap;

import java.net.InetSocketAddress;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** Gives a {@link PskStore}'s keys to the handshake of a server. */
final class DeviceKeys implements AdvancedPskStore {

  private final PskStore keys;
  private final Faults faults;

  DeviceKeys(PskStore keys, Faults faults) {
    this.keys = keys;
    this.faults = faults;
  }

  @Override
  public boolean hasEcdhePskSupported() {
    return true;
  }

  @Override
  public PskSecretResult requestPskSecretResult(
      ConnectionId cid,
      @Nullable ServerNames serverNames,
      PskPublicInformation identity,
      String hmacAlgorithm,
      @Nullable SecretKey otherSecret,
      byte[] seed,
      boolean useExtendedMasterSecret) {
    return new PskSecretResult(cid, identity, keyOf(identity));
  }

  private @Nullable SecretKey keyOf(PskPublicInformation identity) {
    byte[] key =
        identity.isCompliantEncoding() ? keys.keyOf(identity.getPublicInfoAsString()) : null;
    if (key == null) {
      faults.count(CoapFault.UNKNOWN_IDENTITY);
      return null;
    }
    try {
      if (key.length < PskStore.MIN_KEY_BYTES) {
        faults.count(CoapFault.WEAK_KEY);
        return null;
      }
      return SecretUtil.create(key, PskSecretResult.ALGORITHM_PSK);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A server names itself to nobody. */
  @Override
  public @Nullable PskPublicInformation getIdentity(
      InetSocketAddress peerAddress, @Nullable ServerNames virtualHost) {
    return null;
  }

  @Override
  public void setResultHandler(HandshakeResultHandler resultHandler) {
    // keys are answered at once
  }
}
