package org.tacit.operator;

/** An operator that keeps values beside a table until it is closed. */
public interface ClosableOperator extends LinearOperator, AutoCloseable {
  @Override
  void close();
}
