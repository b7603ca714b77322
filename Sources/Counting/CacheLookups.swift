/// How often a cache had what it was asked for.
package final class CacheLookups: Sendable {
    package let hits = Counter()
    package let misses = Counter()

    package init() {}
}
