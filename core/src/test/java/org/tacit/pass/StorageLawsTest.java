package org.tacit.pass;

class StorageLawsTest implements StorageLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
