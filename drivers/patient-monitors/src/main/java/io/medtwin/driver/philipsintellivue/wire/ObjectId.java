package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;

/**
 * An object by its class, its naming context and its handle, 16 bits each.
 *
 * @param objectClass as in {@link ObjectClass}
 * @param context naming context; the same handle means another object in another one
 * @param handle number of the object in its context
 */
public record ObjectId(int objectClass, int context, int handle) {

  /** The monitor itself, which every request is addressed to. */
  public static final ObjectId MONITOR = new ObjectId(ObjectClass.SYSTEM, 0, 0);

  static ObjectId read(ByteBuffer bytes) {
    return new ObjectId(Layout.u16(bytes), Layout.u16(bytes), Layout.u16(bytes));
  }

  void write(WireWriter writer) {
    writer.u16(objectClass).u16(context).u16(handle);
  }
}
