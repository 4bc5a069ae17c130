package org.tacit.pass;

class RowValuesLawsTest implements RowValuesLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
