import FastCGI
import Foundation
import TestSupport

/// Applications behind nginx that answer with what they were told.
enum Echo {
    /// An application behind `fastcgi_pass`: answers with its parameters, `NAME=value` on a line each, and the body's length.
    final class FastCGIApplication {
        private let stop: StopEvent
        private let ended = DispatchSemaphore(value: 0)

        init(path: String) throws {
            stop = try StopEvent()
            let ready = DispatchSemaphore(value: 0)
            var configuration = FastCGIServer.Configuration()
            configuration.threads = 1
            configuration.whenReady = { ready.signal() }
            let server = FastCGIServer(listening: .unix(path: path), configuration: configuration) { request in
                let lines = request.parameters.map { "\($0.name)=\($0.value)\n" }
                return Response(status: .ok, body: .text("APPLICATION\n\(lines.joined())BODY=\(request.body.count)\n"))
            }
            Foundation.Thread.detachNewThread { [stop, ended] in
                // A failure shows itself: nobody answers.
                try? server.run(until: stop)
                ready.signal()
                ended.signal()
            }
            ready.wait()
        }

        deinit {
            stop.set()
            ended.wait()
        }
    }

    /// An application behind `proxy_pass`: answers with the request as it came, head and body.
    final class HTTPApplication {
        private let descriptor: Int32

        init(path: String) throws {
            descriptor = try ListeningDescriptor.make(path: path)
            Foundation.Thread.detachNewThread { [descriptor] in
                while true {
                    let peer = accept(descriptor, nil, nil)
                    guard peer >= 0 else { break }
                    Self.answer(peer)
                    close(peer)
                }
                close(descriptor)
            }
        }

        deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

        private static func answer(_ peer: Int32) {
            var request: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = unsafe recv(peer, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                request += buffer.prefix(count)
                let text = String(decoding: request, as: UTF8.self)
                guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
                let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
                guard text[end.upperBound...].utf8.count >= length else { continue }
                let head = "HTTP/1.1 200 OK\r\nContent-Length: \(request.count)\r\nConnection: close\r\n\r\n"
                let reply = [UInt8](head.utf8) + request
                _ = unsafe send(peer, reply, reply.count, Int32(MSG_NOSIGNAL))
                return
            }
        }
    }
}
