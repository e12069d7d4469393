import socket,time,subprocess
P=subprocess.Popen(['build/src/relay/edge-net-relay','--listen','127.0.0.1:0'],stdout=subprocess.PIPE,text=True)
port=int(P.stdout.readline().strip().rstrip('/').rsplit(':',1)[1])
ss=[]
for data in [b'', b'GET / HT', b'GET /health HTTP/1.1\r\nHost: x\r\n', b'POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\nabc']:
    s=socket.create_connection(('127.0.0.1',port)); s.sendall(data); s.settimeout(25); ss.append((data,s))
t=time.time()
for d,s in ss:
    try: r=s.recv(400)
    except Exception as e: r=repr(e)
    print(d[:20], r[:60], round(time.time()-t,1))
P.terminate(); print('exit',P.wait())
