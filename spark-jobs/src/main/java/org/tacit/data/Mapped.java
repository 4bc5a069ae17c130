package org.tacit.data;

import java.util.Iterator;
import java.util.function.Function;

/** What a function makes of each element. */
record Mapped<A, B>(Iterator<A> elements, Function<A, B> function) implements Iterator<B> {
  static <A, B> Iterator<B> of(Iterator<A> elements, Function<A, B> function) {
    return new Mapped<>(elements, function);
  }

  @Override
  public boolean hasNext() {
    return elements.hasNext();
  }

  @Override
  public B next() {
    return function.apply(elements.next());
  }
}
