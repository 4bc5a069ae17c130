package org.tacit.data;

/** A line of a text file, and where it starts in that file. */
record TextLine(long offset, String text) {}
