package io.medtwin.spi;

/** Anything a device can say. */
public sealed interface Report permits Reading, Alert, DeviceEvent, Identity, Presence {}
