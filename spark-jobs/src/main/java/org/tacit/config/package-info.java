/** Configurations: their text, keys with places, and where they are read from. */
package org.tacit.config;
