package org.tacit.job;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tacit.config.Section;
import org.tacit.data.BadRows;
import org.tacit.data.CsvForm;
import org.tacit.data.DataException;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Storage;

/**
 * The data of a configuration: where the rows are, what their columns mean, and how they are split.
 *
 * @param folder the folder that relative paths start from; empty for the configuration's own
 * @param sources separate files, or one file and a split
 * @param label the label's column; LibSVM files have theirs at the front of each line
 * @param keys columns of integers, kept under their own names
 * @param features the feature columns in order; empty for all that are nothing else
 * @param exclude columns that are not features, where those are not named
 * @param csv how CSV files are written
 * @param width the number of features of a LibSVM file; empty for its largest index
 * @param classes the number of classes of a multinomial loss; empty for one more than the largest
 *     label
 */
public record DataSettings(
    Format format,
    Optional<String> folder,
    Sources sources,
    Optional<String> label,
    Optional<String> weight,
    List<String> keys,
    List<String> features,
    List<String> exclude,
    CsvForm csv,
    Optional<Integer> width,
    Storage storage,
    double scale,
    Optional<Integer> classes,
    Optional<Integer> partitions,
    BadRows badRows) {

  private static final int MOST_PARTITIONS = 100_000;
  private static final int MOST_REMAINDERS = 1_000_000;

  /** The file formats. */
  public enum Format {
    CSV,
    LIBSVM,
    PARQUET
  }

  /** Where the parts are. */
  public sealed interface Sources {
    /** A file a part. */
    record Separate(String train, String validation, Optional<String> test) implements Sources {}

    /** One file, row r going to the part whose list holds r mod {@code modulo}. */
    record Modulo(
        String path, int modulo, Set<Integer> train, Set<Integer> validation, Set<Integer> test)
        implements Sources {}

    /** One file, rows going to train, validation and test at random in these fractions. */
    record Fraction(String path, List<Double> fractions, long seed) implements Sources {}
  }

  static DataSettings of(Section root, Loss loss) {
    if (!root.has("data")) {
      throw root.missing("data");
    }
    Section data =
        root.section(
            "data",
            "format",
            "folder",
            "path",
            "split",
            "train",
            "validation",
            "test",
            "label",
            "weight",
            "keys",
            "features",
            "exclude",
            "separator",
            "multiline",
            "width",
            "storage",
            "scale",
            "classes",
            "partitions",
            "bad-rows");
    Format format = data.choice("format", Format.class).orElse(Format.CSV);
    if (format != Format.LIBSVM && !data.has("label")) {
      throw data.missing("label");
    }
    return new DataSettings(
        format,
        data.text("folder"),
        sources(data),
        data.text("label"),
        data.text("weight"),
        data.texts("keys"),
        features(data),
        exclude(data),
        csv(data, format),
        width(data, format),
        storage(data),
        data.number("scale", 1, s -> Double.isFinite(s) && s != 0, "finite and not 0"),
        classes(data, loss),
        data.has("partitions")
            ? Optional.of(data.integer("partitions", 1, 1, MOST_PARTITIONS))
            : Optional.empty(),
        data.choice("bad-rows", BadRows.class).orElse(BadRows.REFUSE));
  }

  private static List<String> features(Section data) {
    List<String> features = data.texts("features");
    if (data.has("features") && features.isEmpty()) {
      throw data.wrong("features", "a list of one column or more, or left out for all columns");
    }
    return features;
  }

  private static List<String> exclude(Section data) {
    if (data.has("exclude") && data.has("features")) {
      throw data.wrong("exclude", "left out beside data.features, which names all there are");
    }
    return data.texts("exclude");
  }

  private static CsvForm csv(Section data, Format format) {
    for (String key : List.of("separator", "multiline")) {
      if (data.has(key) && format != Format.CSV) {
        throw data.wrong(key, "left out: only CSV files have one");
      }
    }
    String separator = data.text("separator").orElse(",");
    char character =
        switch (separator) {
          case "tab" -> '\t';
          case "space" -> ' ';
          default -> separator.length() == 1 ? separator.charAt(0) : '"';
        };
    try {
      return new CsvForm(character, data.isTrue("multiline", false));
    } catch (DataException wrong) {
      throw data.wrong(
          "separator", "tab, space, or one character that numbers do not have, such as \";\"");
    }
  }

  private static Optional<Integer> classes(Section data, Loss loss) {
    if (!data.has("classes")) {
      return Optional.empty();
    }
    if (loss.labels() != Labels.CLASSES) {
      throw data.wrong("classes", "left out: loss " + loss.name() + " has no classes to count");
    }
    return Optional.of(data.integer("classes", 2, 2));
  }

  private static Optional<Integer> width(Section data, Format format) {
    if (!data.has("width")) {
      return Optional.empty();
    }
    if (format != Format.LIBSVM) {
      throw data.wrong("width", "left out: only LibSVM files have one; see data.features");
    }
    return Optional.of(data.integer("width", 1, 1));
  }

  private static Storage storage(Section data) {
    return switch (data.text("storage").orElse("double")) {
      case "double" -> Storage.DENSE;
      case "float" -> Storage.FLOAT;
      default -> throw data.wrong("storage", "double | float");
    };
  }

  private static Sources sources(Section data) {
    if (!data.has("path")) {
      if (!data.has("train")) {
        throw data.missing("train");
      }
      if (data.has("split")) {
        throw data.wrong("split", "left out beside data.train, or stand beside data.path");
      }
      return new Sources.Separate(
          data.requiredText("train"), data.requiredText("validation"), data.text("test"));
    }
    if (data.has("train") || data.has("validation") || data.has("test")) {
      throw data.wrong("path", "left out beside data.train, data.validation and data.test");
    }
    if (!data.has("split")) {
      throw data.missing("split");
    }
    Section split =
        data.section("split", "modulo", "train", "validation", "test", "fraction", "seed");
    return split.has("fraction") ? fraction(data, split) : modulo(data, split);
  }

  private static Sources modulo(Section data, Section split) {
    if (!split.has("modulo")) {
      throw split.missing("modulo");
    }
    int modulo = split.integer("modulo", 2, 2, MOST_REMAINDERS);
    Set<Integer> seen = new HashSet<>();
    for (String part : List.of("train", "validation", "test")) {
      for (int remainder : split.someIntegers(part, "one remainder or more, or left out")) {
        if (remainder >= modulo || !seen.add(remainder)) {
          throw split.wrong(part, "remainders < " + modulo + ", each in one part only");
        }
      }
    }
    for (String part : List.of("train", "validation")) {
      if (split.integers(part).isEmpty()) {
        throw split.missing(part);
      }
    }
    return new Sources.Modulo(
        data.requiredText("path"),
        modulo,
        Set.copyOf(split.integers("train")),
        Set.copyOf(split.integers("validation")),
        Set.copyOf(split.integers("test")));
  }

  private static Sources fraction(Section data, Section split) {
    List<Double> fractions = split.numbers("fraction");
    double sum = fractions.stream().mapToDouble(Double::doubleValue).sum();
    boolean isAlone = fractions.size() == 1 && sum > 0 && sum < 1;
    boolean isList = fractions.size() > 1 && fractions.size() <= 3 && Math.abs(sum - 1) < 1e-9;
    if (fractions.stream().anyMatch(f -> !(f > 0)) || !(isAlone || isList)) {
      throw split.wrong(
          "fraction",
          "the training fraction, > 0 and < 1, or [train, validation, test] that add up to 1");
    }
    List<Double> all = isAlone ? List.of(sum, 1 - sum) : fractions;
    return new Sources.Fraction(data.requiredText("path"), all, split.integer("seed", 0, 0));
  }
}
