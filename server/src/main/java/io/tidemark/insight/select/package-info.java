/// What a question is about: which events and steps, with which properties, told apart by what.
/// Parts of the documents that ask, checked where they are made; each turns into SQL over a row of
/// detail, in which every name and value is a parameter. Problems name the field within the part;
/// whoever reads the document puts the path of the part in front.
@NullMarked
package io.tidemark.insight.select;

import org.jspecify.annotations.NullMarked;
