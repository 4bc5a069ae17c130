package org.tacit.matrix;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The columns of a table: name, width and storage of each, in order. */
public final class Schema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Field> fields;

  private Schema(List<Field> fields) {
    this.fields = new ArrayList<>(fields);
    for (int i = 0; i < fields.size(); i++) {
      if (position(fields.get(i).name()) != i) {
        throw new IllegalArgumentException(
            "Invalid schema: column " + fields.get(i).name() + " twice (names must differ)");
      }
    }
  }

  public static Schema of(List<Field> fields) {
    return new Schema(fields);
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  public List<Field> fields() {
    return List.copyOf(fields);
  }

  /** Position of the column of this name. */
  public int indexOf(String name) {
    int at = position(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Unknown column: " + name + " (must be one of " + names() + ")");
    }
    return at;
  }

  public Field field(String name) {
    return fields.get(indexOf(name));
  }

  public boolean has(String name) {
    return position(name) >= 0;
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** This schema followed by more columns. */
  public Schema with(List<Field> more) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more);
    return new Schema(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  private int position(String name) {
    return names().indexOf(name);
  }

  /** One column's description. */
  public static final class Field implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final int width;
    private final Storage storage;

    public Field(String name, int width, Storage storage) {
      if (width < 1) {
        throw new IllegalArgumentException(
            "Invalid width of column " + name + ": " + width + " (must be >= 1)");
      }
      this.name = name;
      this.width = width;
      this.storage = storage;
    }

    public String name() {
      return name;
    }

    public int width() {
      return width;
    }

    public Storage storage() {
      return storage;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Field that
          && name.equals(that.name)
          && width == that.width
          && storage == that.storage;
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, width, storage);
    }

    @Override
    public String toString() {
      return name + "[" + width + " " + storage + "]";
    }
  }
}
