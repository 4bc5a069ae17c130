package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * A number that a loss has, such as Huber's delta.
 *
 * @param link what it is made of where it is tuned
 */
public record Parameter(String name, double value, Link link) {

  /**
   * How a bounded parameter p of a loss is made of any real number t, so that p can be tuned
   * without bounds.
   */
  public enum Link {
    /** p = exp(t) > 0. */
    LOG("above 0") {
      @Override
      public Var of(Var t) {
        return t.exp();
      }

      @Override
      public double inverse(double p) {
        return Math.log(p);
      }
    },
    /** p = 1 / (1 + exp(-t)), between 0 and 1. */
    LOGIT("between 0 and 1") {
      @Override
      public Var of(Var t) {
        return t.sigmoid();
      }

      @Override
      public double inverse(double p) {
        return Math.log(p) - Math.log1p(-p);
      }
    },
    /** p = 1 + 1 / (1 + exp(-t)), between 1 and 2. */
    LOGIT_ABOVE_ONE("between 1 and 2") {
      @Override
      public Var of(Var t) {
        return t.sigmoid().plus(1);
      }

      @Override
      public double inverse(double p) {
        return LOGIT.inverse(p - 1);
      }
    };

    private final String within;

    Link(String within) {
      this.within = within;
    }

    /** Where p is, in words. */
    public String within() {
      return within;
    }

    /** p, elementwise. */
    public abstract Var of(Var t);

    /** t; not finite where p is at a bound. */
    public abstract double inverse(double p);
  }
}
