package io.medtwin.spi;

/**
 * Free text of a device, such as a filter label. Never a name, a number or a note of a person.
 *
 * @param text as sent, without padding
 */
public record Text(String text) implements Value {}
