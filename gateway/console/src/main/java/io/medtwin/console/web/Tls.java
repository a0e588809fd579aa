package io.medtwin.console.web;

import java.nio.file.Path;

/**
 * Files of this server's certificate.
 *
 * @param certificates PEM, the server's own first, then those that vouch for it
 * @param key PEM, PKCS #8, not encrypted
 */
public record Tls(Path certificates, Path key) {}
