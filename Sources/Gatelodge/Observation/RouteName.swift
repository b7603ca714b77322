/// What names a route in reports: patterns and fixed words, never anything that a request says.
package struct RouteName: Sendable, Hashable {
    package let surface: String
    package let method: String
    package let route: String
}
