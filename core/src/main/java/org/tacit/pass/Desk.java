package org.tacit.pass;

import java.util.List;
import java.util.Optional;

/** The only thing that runs what an {@link Evaluation} wants. */
interface Desk {
  /** What each of the works gives, NaN where it does. */
  List<PassResult> run(PassRequest request);

  /** Where the first NaN is made, in a pass of its own. */
  Optional<NotANumberException> firstNaN(PassRequest request);

  /** Runs each request at once. */
  Desk DIRECT =
      new Desk() {
        @Override
        public List<PassResult> run(PassRequest request) {
          return over(request, request.table()::run);
        }

        @Override
        public Optional<NotANumberException> firstNaN(PassRequest request) {
          return over(request, request.table()::firstNaN);
        }

        private <T> T over(PassRequest request, Pass<T> pass) {
          Beside beside = new Beside(request.table().schema().fields().size());
          List<PassTask> tasks =
              request.works().stream()
                  .map(work -> work.task(request.table().schema(), beside))
                  .toList();
          return pass.run(tasks, beside.all(), request.description());
        }
      };

  /** One of a table's passes. */
  interface Pass<T> {
    T run(List<PassTask> tasks, List<RowValues> beside, String description);
  }
}
