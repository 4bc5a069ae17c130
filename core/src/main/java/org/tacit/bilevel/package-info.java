/** Outer problems over solutions of inner ones, and their optimisers. */
package org.tacit.bilevel;
