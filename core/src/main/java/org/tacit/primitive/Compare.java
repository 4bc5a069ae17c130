package org.tacit.primitive;

import java.util.Locale;
import org.tacit.matrix.Dense;

/**
 * 1 where the relation holds between two elements, 0 where not (NaN is unequal, and holds no
 * other). Derivative 0.
 */
record Compare(Relation relation) implements KinkedPair, LocallyConstant {
  /** The relations. */
  enum Relation {
    LESS,
    LESS_OR_EQUAL,
    EQUAL,
    UNEQUAL
  }

  @Override
  public String name() {
    return relation.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public double at(double a, double b) {
    boolean holds =
        switch (relation) {
          case LESS -> a < b;
          case LESS_OR_EQUAL -> a <= b;
          case EQUAL -> a == b;
          case UNEQUAL -> a != b;
        };
    return holds ? 1 : 0;
  }

  /** A mask of folds or classes compares each row with many numbers. */
  @Override
  public void run(double[] a, int atA, double[] b, int atB, double[] out, int to, int n) {
    if (switchesBy(0)) {
      KinkedPair.super.run(a, atA, b, atB, out, to, n);
    } else {
      Dense.equal(a, atA, b, atB, out, to, n);
      turned(out, to, n);
    }
  }

  @Override
  public void run(double a, double[] b, int atB, double[] out, int to, int n) {
    if (switchesBy(0)) {
      KinkedPair.super.run(a, b, atB, out, to, n);
    } else {
      Dense.equal(a, b, atB, out, to, n);
      turned(out, to, n);
    }
  }

  @Override
  public void run(double[] a, int atA, double b, double[] out, int to, int n) {
    if (switchesBy(0)) {
      KinkedPair.super.run(a, atA, b, out, to, n);
    } else {
      Dense.equal(b, a, atA, out, to, n);
      turned(out, to, n);
    }
  }

  /** What is not equal is unequal. */
  private void turned(double[] out, int to, int n) {
    if (relation == Relation.UNEQUAL) {
      for (int j = to; j < to + n; j++) {
        out[j] = 1 - out[j];
      }
    }
  }

  @Override
  public String kink() {
    return "two compared values are equal";
  }

  /** A test for equality holds on a kink or never, and so divides nothing. */
  @Override
  public boolean switchesBy(int i) {
    return relation != Relation.EQUAL && relation != Relation.UNEQUAL;
  }
}
