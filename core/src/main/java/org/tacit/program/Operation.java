package org.tacit.program;

/**
 * What a node does: gives a value from outside ({@link Source}) or computes one ({@link
 * Primitive}).
 */
public interface Operation {
  /** The operation's name as error messages and printed programs show it. */
  String name();
}
