/** Cutting programs into passes over tables, and running them tile by tile. */
package org.tacit.pass;
