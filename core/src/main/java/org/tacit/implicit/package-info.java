/** The implicit function theorem: derivatives of solutions, with their certificates. */
package org.tacit.implicit;
