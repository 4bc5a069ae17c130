package org.tacit.pass;

import java.util.List;
import java.util.function.Supplier;

/** The only thing that runs what an {@link Evaluation} wants. */
interface Desk {
  /** What each of the works gives, NaN where it does. */
  List<PassResult> run(PassRequest request);

  /** What a job gives that is shared with nobody, such as a search for what made a NaN. */
  <T> T apart(Supplier<T> errand);

  /** Runs each request at once. */
  Desk DIRECT =
      new Desk() {
        @Override
        public List<PassResult> run(PassRequest request) {
          return request.over(request.table()::run);
        }

        @Override
        public <T> T apart(Supplier<T> errand) {
          return errand.get();
        }
      };
}
